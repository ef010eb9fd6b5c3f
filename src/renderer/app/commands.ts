import { useEffect, useId, useLayoutEffect, useRef } from 'react'
import { create } from 'zustand'

/** Something that the user can do from the palette or by a shortcut. */
export type Command = {
  /** Unique among all commands; `undo` and `redo` also show as buttons in the title bar. */
  readonly id: string
  /** A verb with its object, e.g. "Run the pipeline". */
  readonly title: string
  /** Keys such as `mod+Enter`, `Shift+?`, `9`; `mod` is Ctrl, on macOS ⌘. Digits, letters and signs act only outside fields. */
  readonly keys?: string
  /** Heading in the cheat sheet and the palette; by default "This screen". */
  readonly group?: string
  readonly disabled?: boolean
  /** Left out of the palette: only the keys act. */
  readonly hidden?: boolean
  run(): unknown
}

type Registry = { readonly groups: ReadonlyMap<string, readonly Command[]> }

/** The commands that can be given now, by who registered them. */
export const useCommandStore = create<Registry>(() => ({ groups: new Map() }))

/** Adds commands until the returned function is called. */
export function registerCommands(owner: string, commands: readonly Command[]): () => void {
  useCommandStore.setState(({ groups }) => ({ groups: new Map(groups).set(owner, commands) }))
  return () => {
    useCommandStore.setState(({ groups }) => {
      const next = new Map(groups)
      next.delete(owner)
      return { groups: next }
    })
  }
}

/** All commands, those registered last first: the thing in front takes a key before what lies behind it. */
export function listCommands({ groups }: Registry): readonly Command[] {
  const seen = new Set<string>()
  return [...groups.values()].toReversed().flat().filter(({ id }) => {
    const known = seen.has(id)
    seen.add(id)
    return !known
  })
}

/** Registers commands in the palette and their shortcuts while the calling component is shown. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId()
  const latest = useRef(commands)
  useLayoutEffect(() => {
    latest.current = commands
  })
  // What a command says, without what it does: `run` changes with every render, and is looked up when it is needed.
  const said = JSON.stringify(commands.map(({ run: _, ...rest }) => rest))
  useEffect(() => {
    const parsed = JSON.parse(said) as readonly Omit<Command, 'run'>[]
    return registerCommands(owner, parsed.map((command) => ({ ...command, run: () => latest.current.find(({ id }) => id === command.id)?.run() })))
  }, [owner, said])
}
