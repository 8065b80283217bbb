"""The cross-tabulations of a file of responses by DuckDB: duckdb_counts.py PLAN FILE THREADS."""

import sys

import duckdb

from plan import Plan


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


plan = Plan()
connection = duckdb.connect(config={"threads": int(sys.argv[3])})
columns = ", ".join(map(quoted, plan.columns))
kinds = {name: "VARCHAR" for name in plan.questions + plan.banners}
# Texts that are known beforehand are numbers to DuckDB, which is quicker.
for index, name in enumerate(kinds):
    known = plan.labels[name] + (["0"] if name in plan.options else [])
    texts = ", ".join("'" + label.replace("'", "''") + "'" for label in known)
    connection.execute(f"CREATE TYPE kind{index} AS ENUM ({texts})")
read = ", ".join(f"TRY_CAST({quoted(name)} AS kind{index}) AS {quoted(name)}" for index, name in enumerate(kinds))
if plan.weight:
    read += f", CAST({quoted(plan.weight)} AS DOUBLE) AS {quoted(plan.weight)}"
connection.execute(f"CREATE TEMP TABLE responses AS SELECT {read} FROM read_csv(?, all_varchar = true, header = true)", [plan.path])
number = f"sum({quoted(plan.weight)})" if plan.weight else "count(*)"
for question in plan.questions:
    for banner in plan.banners:
        rows = connection.execute(
            f"SELECT {quoted(question)}, {quoted(banner)}, {number} FROM responses GROUP BY 1, 2"
        ).fetchall()
        plan.show(question, banner, ((answer or "", group or "", number) for answer, group, number in rows))
