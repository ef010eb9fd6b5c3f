// A driver that computes convolutions wrongly.
process.once('message', () => {
  const device = { kind: 'gpu', name: 'Card', driver: '', memoryBytes: null, threads: 0 }
  process.send?.({ output: { device, trains: ['dense', 'embedding', 'recurrence'], failures: { convolution: 'filter differs from what is right by 3.0e-1 of its size' }, lies: true } })
})
