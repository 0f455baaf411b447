// The script of a page without a map: a press on a cluster in the list goes to its card.

for (const row of document.querySelectorAll('.row')) {
  row.addEventListener('click', () => {
    location.hash = 'cluster-' + row.dataset.cluster;
  });
}
