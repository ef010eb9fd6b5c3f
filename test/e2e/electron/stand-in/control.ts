import { z } from 'zod'
import { app } from './app.ts'
import { openWindows } from './open-windows.ts'
import { answerDialog, clickMenu, record } from './record.ts'

const wishSchema = z.object({
  id: z.number(),
  wish: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('answer'), answer: z.unknown() }),
    z.object({ kind: z.literal('click'), labels: z.array(z.string()) }),
    z.object({ kind: z.literal('crash') }),
    z.object({ kind: z.literal('quit') }),
    z.object({ kind: z.literal('told') }),
  ]),
})

/** What a spec asks of the stand-in, as the person in front of the screen or as the system. */
export type Wish = z.infer<typeof wishSchema>['wish']

/** Does what the spec asks over the process's channel. */
export function listenToSpec(): void {
  process.on('message', (message) => {
    const { id, wish } = wishSchema.parse(message)
    process.send?.({ id, answer: fulfil(wish) })
  })
}

function fulfil(wish: Wish): unknown {
  if (wish.kind === 'answer') answerDialog(wish.answer)
  else if (wish.kind === 'click') return clickMenu(wish.labels)
  else if (wish.kind === 'crash') for (const { page } of openWindows.values()) void page?.goto('chrome://crash').catch(() => undefined)
  else if (wish.kind === 'quit') setImmediate(app.quit)
  else return { dialogs: record.dialogs, revealed: record.revealed, notifications: record.notifications }
  return null
}
