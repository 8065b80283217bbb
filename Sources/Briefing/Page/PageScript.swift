/// The page's one script: it finds questions, leads to them and sorts tables, and that is all that it does.
///
/// A page is complete without it: what it works with is hidden until it runs, and it shows, hides and moves what stands there. It
/// writes no figure, asks for nothing and keeps nothing. The page's policy lets this text run and no other, by its digest; a test
/// holds the two together. It has neither `<` nor `&`, so that a reader of XML takes the page, too.
enum PageScript {
  /// The SHA-256 of `text` in base 64.
  static let digest = "HMrmtS5PsW2txbA00jrShlwRZy9kCXLJiu7O26vZJGA="

  static let text = #"""
    (() => {
      'use strict';
      const all = (query, within = document) => [...within.querySelectorAll(query)];
      const one = (query, within = document) => within.querySelector(query);

      // Finding questions, and going to one.
      const tools = one('#tools');
      if (tools) {
        const questions = all('#results section').filter(section => section.id.startsWith('q-'));
        const heading = section => section.firstElementChild;
        // A question is found by its heading, that of its block and its answers.
        const words = new Map(questions.map(section => [section, [
          section, section.parentElement,
        ].map(part => heading(part).textContent).concat(
          all('th[scope=row]', one('table', section) ?? section).map(head => head.textContent),
        ).join(' ').toLowerCase()]));
        const blocks = all('#results section').filter(section => !words.has(section));
        const input = one('input', tools);
        const select = one('select', tools);
        const told = one('[role=status]', tools);
        const goTo = section => {
          history.replaceState(null, '', '#' + section.id);
          heading(section).tabIndex = -1;
          heading(section).focus({preventScroll: true});
          section.scrollIntoView();
        };
        const find = () => {
          const wanted = input.value.toLowerCase().split(/\s+/).filter(word => word);
          for (const section of questions) section.hidden = !wanted.every(word => words.get(section).includes(word));
          for (const block of blocks) block.hidden = all('section', block).every(section => section.hidden);
          const found = questions.filter(section => !section.hidden);
          told.textContent = wanted.length ? (found.length ? told.dataset.some : told.dataset.none) : '';
          return found;
        };
        const showAll = () => { input.value = ''; find(); };
        for (const section of questions) select.append(new Option(heading(section).textContent, section.id));
        input.addEventListener('input', find);
        input.addEventListener('keydown', event => {
          if (event.key === 'Escape') showAll();
          if (event.key !== 'Enter') return;
          event.preventDefault();
          const found = find();
          if (found.length) goTo(found[0]);
        });
        one('button', tools).addEventListener('click', () => {
          const section = document.getElementById(select.value);
          if (section.closest('[hidden]')) showAll();
          goTo(section);
        });
        // A link leads to what a search hides.
        const uncover = hash => {
          const target = document.getElementById(decodeURIComponent(hash.slice(1)));
          if (target?.closest('[hidden]')) { showAll(); target.scrollIntoView(); }
        };
        addEventListener('hashchange', () => uncover(location.hash));
        document.addEventListener('click', event => uncover(event.target.closest('a[href^="#"]')?.hash ?? ''));
        tools.hidden = one('#tools-note').hidden = false;
        document.documentElement.classList.add('with-tools');
      }

      // Sorting tables by a column: up, down, and as they were.
      const number = text => {
        const found = text.replaceAll('\u2212', '-').replaceAll(',', '').match(/^[-+]?\d+(\.\d+)?/);
        return found ? Number(found[0]) : null;
      };
      const compared = (first, second, down) => {
        const numbers = [number(first), number(second)];
        const order = numbers.includes(null) ? first.localeCompare(second, 'en-GB') : numbers[0] - numbers[1];
        return down ? -order : order;
      };
      // What is no figure comes last whichever way round: a marker, or nothing.
      const isLast = text => text === '' || text.startsWith('[');
      const sorted = (items, text, down) => {
        const keys = new Map(items.map(item => [item, text(item)]));
        return [...items].sort((first, second) => {
          const [one, other] = [keys.get(first), keys.get(second)];
          return isLast(one) - isLast(other) || (isLast(one) ? 0 : compared(one, other, down));
        });
      };

      for (const table of all('table')) {
        const bodies = [...table.tBodies];
        const heads = all('thead th', table);
        const rows = bodies.map(body => [...body.rows]);
        // Each group has one row; or groups have several, which share their heading; or there are no groups, but one row first.
        const isHeat = table.classList.contains('heat');
        const areRows = isHeat ? false : rows.every(list => list.length === 1);
        const shared = isHeat ? false : !areRows;
        if (areRows ? 3 > bodies.length : rows.every(list => 4 > list.length)) continue;
        const leads = shared ? rows.map(list => list[0].cells[0]) : [];
        const isOfGroups = column => shared ? column === 0 : areRows;
        const place = (body, list, lead) => {
          lead?.remove();
          body.append(...list);
          if (lead) list[0].prepend(lead);
        };
        const sort = (column, way) => {
          leads.forEach(lead => lead.remove());
          const text = row => row.cells[shared ? column - 1 : column].textContent.trim();
          const down = way === 'descending';
          // The base of a group stands first.
          const isPinned = row => isHeat ? row === rows[0][0] : row.cells[0].textContent === '(base)';
          bodies.forEach((body, index) => {
            const list = rows[index];
            if (way === 'none' || isOfGroups(column)) return place(body, list, leads[index]);
            const free = sorted(list.filter(row => !isPinned(row)), text, down);
            place(body, list.filter(isPinned).concat(free), leads[index]);
          });
          const head = body => shared ? leads[bodies.indexOf(body)].textContent : text(body.rows[0]);
          table.append(...(way === 'none' || !isOfGroups(column) ? bodies : sorted(bodies, head, down)));
          heads.forEach(head => head.removeAttribute('aria-sort'));
          if (way !== 'none') heads[column].setAttribute('aria-sort', way);
        };
        const buttons = [];
        heads.forEach((head, column) => {
          // Of one group, the first column says the same in each row.
          if (isOfGroups(column) ? 2 > bodies.length : false) return;
          const button = document.createElement('button');
          button.type = 'button';
          button.append(...head.childNodes);
          head.append(button);
          // One stop of the keyboard for a table; the arrow keys go from head to head.
          button.tabIndex = buttons.length ? -1 : 0;
          buttons.push(button);
          button.addEventListener('click', () => {
            const ways = head.classList.contains('label')
              ? ['ascending', 'descending', 'none'] : ['descending', 'ascending', 'none'];
            sort(column, ways[(ways.indexOf(head.getAttribute('aria-sort') ?? 'none') + 1) % 3]);
          });
          button.addEventListener('keydown', event => {
            const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
            const next = step ? buttons[buttons.indexOf(button) + step] : null;
            if (!next) return;
            event.preventDefault();
            button.tabIndex = -1;
            next.tabIndex = 0;
            next.focus();
          });
        });
      }
    })();
    """#
}
