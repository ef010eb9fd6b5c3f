// A driver that never answers, and keeps its thread busy meanwhile.
process.once('message', () => {
  for (;;);
})
