import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A Python process that answers lines of JSON, one each. */
export type PythonPeer = {
  ask(question: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
  close(): void
}

/** The first Python on this machine that can import `module`; throws where there is none. */
export function findPython(module: string): string {
  const candidates = ['python3', '/usr/bin/python3']
  const found = candidates.find((python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0)
  if (found !== undefined) return found
  throw new Error(`the peer needs Python with ${module}; tried ${candidates.join(' and ')}. On Debian: apt-get install python3-sklearn`)
}

/** Starts a peer script with `threads` threads and waits for its greeting. */
export async function startPeer(python: string, script: string, threads: number): Promise<PythonPeer & { readonly greeting: Readonly<Record<string, unknown>> }> {
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMP_NUM_THREADS: String(threads) } })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async (): Promise<Readonly<Record<string, unknown>>> => {
    const line = await lines.next()
    if (line.done === true) throw new Error(`the peer ended early (${script})`)
    return JSON.parse(line.value) as Readonly<Record<string, unknown>>
  }
  return {
    greeting: await answer(),
    ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      return answer()
    },
    close() {
      child.stdin.end()
    },
  }
}
