// Draws the map: dots in the colours of their clusters, rings around outliers, the names of clusters.

// The style sheet's colours, which a canvas must be given: see readColors().
let colors = [];
let ink = '';
let paper = '';

// The frame asked for, so that many events draw once.
let pendingFrame = 0;

function readColors() {
  colors = rows.map(row => getComputedStyle(row.querySelector('.track span')).backgroundColor);
  const style = getComputedStyle(document.documentElement);
  ink = style.getPropertyValue('--ink');
  paper = style.getPropertyValue('--card');
}

function draw() {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  if (chosen >= 0 || matches) drawDots(i => !isVisible(i), .1, radius);
  drawDots(isVisible, count > 4000 ? .75 : .85, query ? Math.max(3, radius * 1.35) : radius);
  // On a crowded map rings would hide the dots.
  if (count <= 5000 || chosen >= 0 || view.zoom > 2) drawRings();
  drawNames();
}

function redraw() {
  place();
  draw();
}

function redrawSoon() {
  if (pendingFrame) return;
  pendingFrame = requestAnimationFrame(() => {
    pendingFrame = 0;
    redraw();
  });
}

// One path for each cluster. Small dots are squares, which take less time.
function drawDots(test, alpha, size) {
  const width = stage.clientWidth;
  const height = canvas.clientHeight;
  const margin = 9;
  const isSquare = size < 1.6;
  pen.globalAlpha = alpha;
  groups.forEach((group, cluster) => {
    pen.fillStyle = colors[cluster];
    pen.beginPath();
    for (const i of group) {
      const x = pixelX[i];
      const y = pixelY[i];
      if (x < -margin || y < -margin || x > width + margin || y > height + margin || !test(i)) continue;
      if (isSquare) {
        pen.rect(x - size, y - size, 2 * size, 2 * size);
      } else {
        pen.moveTo(x + size, y);
        pen.arc(x, y, size, 0, 7);
      }
    }
    pen.fill();
  });
  pen.globalAlpha = 1;
}

function drawRings() {
  const size = Math.max(radius + 1.5, 3);
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.globalAlpha = .45;
  pen.beginPath();
  for (const i of data.out) {
    if (!isVisible(i)) continue;
    pen.moveTo(pixelX[i] + size, pixelY[i]);
    pen.arc(pixelX[i], pixelY[i], size, 0, 7);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

// Larger clusters come first; a name that finds no free place is left out.
function drawNames() {
  const width = stage.clientWidth;
  const height = canvas.clientHeight;
  const isNarrow = width < 520;
  const taken = [];
  pen.font = '600 ' + (isNarrow ? 11 : 12.5) + 'px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  data.labels.forEach((label, cluster) => {
    if ((chosen >= 0 && cluster !== chosen) || !groups[cluster].length) return;
    let text = (isNarrow ? '' : cluster + ' ') + data.short[cluster];
    if (text.length > 24) text = text.slice(0, 23) + '…';
    const half = pen.measureText(text).width / 2 + 4;
    const [middleX, middleY] = at(...middle[cluster]);
    if (view.zoom > 1 && (middleX < 0 || middleY < 0 || middleX > width || middleY > height)) return;
    const x = Math.max(half, Math.min(width - half, middleX));
    // The name of a few dots stands beside them.
    const shifts = groups[cluster].length < 5 ? [-15, 15, -31, 31] : [0, -16, 16, -32, 32];
    for (const shift of shifts) {
      const y = Math.max(9, Math.min(height - 9, middleY + shift));
      const box = { left: x - half, top: y - 8, right: x + half, bottom: y + 8 };
      if (taken.some(other => overlap(box, other))) continue;
      taken.push(box);
      drawName(text, x, y);
      break;
    }
  });
}

function overlap(a, b) {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

// The text on a band of paper, so that it can be read among dots.
function drawName(text, x, y) {
  pen.lineWidth = 4;
  pen.strokeStyle = paper;
  pen.globalAlpha = .85;
  pen.strokeText(text, x, y);
  pen.globalAlpha = 1;
  pen.fillStyle = ink;
  pen.fillText(text, x, y);
}
