import { z } from 'zod'

/** What the system was asked to show, and what it answers; the spec reads and sets it over the process's channel. */
export const record = {
  dialogs: [] as { readonly kind: string; readonly options: unknown }[],
  /** Answers of dialogs, taken one after the other; a dialog without one stays open. */
  answers: z.array(z.unknown()).parse(JSON.parse(process.env['MILLRACE_STAND_IN_ANSWERS'] ?? '[]')),
  waiting: [] as ((answer: unknown) => void)[],
  revealed: [] as string[],
  notifications: [] as unknown[],
  menu: [] as readonly MenuItem[],
}

/** An item of the menu, as the host describes it. */
export type MenuItem = { readonly label?: string; readonly role?: string; readonly submenu?: readonly MenuItem[]; readonly click?: () => void }

/** Shows a dialog: it is kept, and answered as the spec says. */
export function showDialog(kind: string, options: unknown): Promise<unknown> {
  record.dialogs.push({ kind, options: plain(options) })
  return new Promise((resolve) => {
    if (record.answers.length > 0) resolve(record.answers.shift())
    else record.waiting.push(resolve)
  })
}

/** Answers the dialog that waits, or the next one. */
export function answerDialog(answer: unknown): void {
  const waiting = record.waiting.shift()
  if (waiting === undefined) record.answers.push(answer)
  else waiting(answer)
}

/** Clicks an item of the menu; false where there is none. */
export function clickMenu(labels: readonly string[]): boolean {
  let items: readonly MenuItem[] = record.menu
  let found: MenuItem | undefined
  for (const label of labels) {
    found = items.find((item) => item.label?.replace('&', '') === label || item.label === label)
    items = found?.submenu ?? []
  }
  found?.click?.()
  return found?.click !== undefined
}

function plain(options: unknown): unknown {
  return JSON.parse(JSON.stringify(options ?? null))
}
