import type { KernelCall } from './kernel-pool.ts'

// Layout: Int32 words, the result as Float64 at byte 56, then arguments as Float64 from byte 64 on.
const STATE = 0
const KERNEL = 1
const COUNT = 2
const FAILED = 4
const RESULT = 7
const ARGUMENTS = 8
const MOST_ARGUMENTS = 24

const IDLE = 0
const POSTED = 1
const CLAIMED = 2 // by the helper

const SPINS = 400_000 // about 1 ms: longer than the gaps between calls of one piece of work

/** One helper thread's letter box on shared memory: the owner posts a call, whoever claims it first runs it. */
export type Mailbox = {
  readonly buffer: SharedArrayBuffer
  post(call: KernelCall<string>): void
  /** Owner's side: takes the posted call back; false where the helper has begun it. On a busy machine the helper may still be asleep. */
  takeBack(): boolean
  /** Owner's side: blocks until the helper has finished the call that it claimed; returns the kernel's result. */
  result(): number
  /** Helper's side: blocks until there is a call, claims and runs it through `run`, answers. */
  serve(run: (kernel: string, args: readonly number[]) => number): void
}

/** A new mailbox, or the other thread's view of an existing one; both name the same kernels. */
export function createMailbox(kernels: readonly string[], buffer = new SharedArrayBuffer((ARGUMENTS + MOST_ARGUMENTS) * 8)): Mailbox {
  const words = new Int32Array(buffer)
  const numbers = new Float64Array(buffer)
  return {
    buffer,
    post({ kernel, args }) {
      if (args.length > MOST_ARGUMENTS) throw new Error(`${kernel}: ${args.length} arguments are more than a mailbox takes`)
      words[KERNEL] = kernels.indexOf(kernel)
      words[COUNT] = args.length
      for (let i = 0; i < args.length; i++) numbers[ARGUMENTS + i] = args[i] as number
      Atomics.store(words, STATE, POSTED)
      Atomics.notify(words, STATE)
    },
    takeBack: () => Atomics.compareExchange(words, STATE, POSTED, IDLE) === POSTED,
    result() {
      waitFor(words, (state) => state === IDLE)
      if (words[FAILED] === 1) throw new Error(`Kernel ${kernels[words[KERNEL] as number]} failed on a helper thread`)
      return numbers[RESULT] as number
    },
    serve(run) {
      waitFor(words, (state) => state === POSTED)
      if (Atomics.compareExchange(words, STATE, POSTED, CLAIMED) !== POSTED) return // the owner took it back
      const args = [...numbers.subarray(ARGUMENTS, ARGUMENTS + (words[COUNT] as number))]
      try {
        numbers[RESULT] = run(kernels[words[KERNEL] as number] as string, args)
        words[FAILED] = 0
      } catch {
        words[FAILED] = 1
      }
      Atomics.store(words, STATE, IDLE)
      Atomics.notify(words, STATE)
    },
  }
}

/** Spins for a while, then sleeps, until the state is the wanted one. */
function waitFor(words: Int32Array, wanted: (state: number) => boolean): void {
  for (let spins = 0; spins < SPINS; spins++) if (wanted(Atomics.load(words, STATE))) return
  for (;;) {
    const state = Atomics.load(words, STATE)
    if (wanted(state)) return
    Atomics.wait(words, STATE, state)
  }
}
