#!/usr/bin/env node
// Plain JavaScript for any Node ≥ 20: starts the command line on the Node that the project brings with it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED_MAJOR = 24
const root = fileURLToPath(new URL('..', import.meta.url))
const compileCache = join(root, 'node_modules', '.cache', 'millrace')

if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) {
  // The environment variable reaches worker threads, which do not inherit the call.
  process.env.NODE_COMPILE_CACHE ??= compileCache
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  const { main } = await import('../src/main/hosts/cli/main.ts')
  await main()
} else {
  relaunch()
}

/** Runs the same command on the project's Node and ends as it ends. */
function relaunch() {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(node)) {
    refuse(`Millrace needs Node ${NEEDED_MAJOR}, which the project brings with it: run "npm ci" in ${root} first.`)
    return
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // The channel lets the child notice that this process was killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compileCache },
  })
  child.on('error', (error) => refuse(`Millrace could not start ${node}: ${error.message}. Run "npm ci" in ${root} again.`))
  // A terminal sends its signals to both processes, `kill` only to this one; the child counts two that arrive together as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    // A process that a signal ended has the exit code that shells give it.
    process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal])
  })
}

/** One sentence and exit code 1; as the documented error object under `--json`. */
function refuse(message) {
  if (process.argv.includes('--json')) {
    const error = { code: 'unsupported', headline: 'The project is not installed', message, nextStep: `Run "npm ci" in ${root}.`, details: {} }
    process.stdout.write(`${JSON.stringify({ json: 1, error })}\n`)
  } else {
    process.stderr.write(`${message}\n`)
  }
  process.exitCode = 1
}
