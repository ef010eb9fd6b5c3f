// A driver that brings its process down as soon as it is asked.
process.once('message', () => {
  process.kill(process.pid, 'SIGSEGV')
})
