import { spawn } from 'node:child_process'

/** Runs a program to its end and returns what it prints; throws with what it says where it fails or is missing. */
export async function execute(program: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
    child.on('error', (error) => {
      reject(new Error(`${program} cannot be run: ${error.message}`))
    })
    child.on('close', (code, signal) => {
      if (code === 0) resolve(out.join(''))
      else reject(new Error(`${program} ended with ${String(signal ?? code)}: ${err.join('').trim() || out.join('').trim()}`))
    })
  })
}
