// What is shown: the cluster chosen and the text searched for, and what the page says of them.

const tip = byID('tip');
const search = byID('search');
const showAll = byID('all');
const status = byID('status');
const hits = byID('hits');
const introduction = status.textContent;
const listedHits = 8;

// The cluster shown alone, -1 for all. Matches are null when nothing is searched for.
let chosen = -1;
let query = '';
let matches = null;

// The texts in lower case, made when they are first searched.
let lowerTexts = null;

function isVisible(i) {
  return (chosen < 0 || data.c[i] === chosen) && (!matches || matches[i]);
}

// The visible document nearest to the pointer, within so many pixels; -1 for none.
function nearest(event, reach) {
  const box = canvas.getBoundingClientRect();
  const x = event.clientX - box.left;
  const y = event.clientY - box.top;
  let best = -1;
  let least = reach * reach;
  for (let i = 0; i < count; i++) {
    const dx = pixelX[i] - x;
    const dy = pixelY[i] - y;
    const distance = dx * dx + dy * dy;
    if (distance < least && isVisible(i)) {
      least = distance;
      best = i;
    }
  }
  return best;
}

// Shows a document's text above its dot, or below where there is no room; -1 hides it.
function showTip(i) {
  if (i < 0) {
    tip.hidden = true;
    return;
  }
  tip.textContent = data.text[i];
  const small = document.createElement('small');
  const cluster = data.c[i];
  small.textContent = data.id[i] + ' · ' + cluster + ' ' + data.labels[cluster] + (isOutlier[i] ? ' · outlier' : '');
  tip.append(small);
  tip.hidden = false;
  const left = Math.max(6, Math.min(stage.clientWidth - tip.offsetWidth - 6, pixelX[i] - tip.offsetWidth / 2));
  const above = pixelY[i] - tip.offsetHeight - 12;
  const below = Math.max(4, Math.min(pixelY[i] + 12, canvas.clientHeight - tip.offsetHeight - 4));
  tip.style.left = left + 'px';
  tip.style.top = (above > 4 ? above : below) + 'px';
}

// Shows one cluster alone, or all again when it was the one.
function choose(cluster) {
  chosen = chosen === cluster ? -1 : cluster;
  for (const row of rows) row.setAttribute('aria-pressed', String(+row.dataset.cluster === chosen));
  for (const article of articles) article.hidden = chosen >= 0 && article.id !== 'cluster-' + chosen;
  refresh();
}

function updateShowAll() {
  showAll.hidden = chosen < 0 && !query && view.zoom === 1;
}

// Brings the map, the list of matches and the status to what is chosen and searched for.
function refresh() {
  query = search.value.trim().toLowerCase();
  if (query && !lowerTexts) lowerTexts = data.text.map((text, i) => (text + ' ' + data.id[i]).toLowerCase());
  matches = query ? lowerTexts.map(text => text.includes(query)) : null;
  updateShowAll();
  tip.hidden = true;
  hits.textContent = '';
  let visible = 0;
  for (let i = 0; i < count; i++) {
    if (!isVisible(i)) continue;
    visible++;
    if (query && visible <= listedHits) hits.append(hit(i));
  }
  hits.hidden = !query || !visible;
  report(visible);
  draw();
}

// An item of the list of matches.
function hit(i) {
  const item = document.createElement('li');
  const dot = document.createElement('span');
  dot.className = 'dot';
  dot.style.background = colors[data.c[i]];
  item.append(dot, marked(data.text[i], query));
  return item;
}

// The text with the first place of the query marked. A match in the id marks nothing.
function marked(text, query) {
  const item = document.createDocumentFragment();
  const start = text.toLowerCase().indexOf(query);
  if (start < 0) {
    item.append(text);
    return item;
  }
  const mark = document.createElement('mark');
  mark.textContent = text.slice(start, start + query.length);
  item.append(text.slice(0, start), mark, text.slice(start + query.length));
  return item;
}

// Says how many documents are shown, and links to the card of the chosen cluster.
function report(visible) {
  if (chosen < 0 && !query) {
    status.textContent = introduction;
    return;
  }
  const number = value => value.toLocaleString('en');
  const where = chosen < 0 ? '' : ' in cluster ' + chosen + ', ' + data.labels[chosen];
  status.textContent = number(visible) + (query ? ' matching' : '') + ' of ' + number(count) + where + '. ';
  if (chosen < 0) return;
  const link = document.createElement('a');
  link.href = '#cluster-' + chosen;
  link.textContent = 'What is in it';
  status.append(link);
}
