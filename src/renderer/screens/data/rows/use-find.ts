import { useRef, useState } from 'react'
import type { MethodInput, MethodOutput } from '#shared/contract/index.ts'
import { toErrorData } from '#shared/errors.ts'
import { useClient } from '../../../client/client-context.tsx'

type Request = Omit<MethodInput<'datasets.find'>, 'text' | 'from' | 'backwards'>

/** Looking for a text in the rows of a view. */
export type Find = {
  readonly open: boolean
  readonly text: string
  /** What was found last; undefined where nothing was looked for since the text changed. */
  readonly result: MethodOutput<'datasets.find'> | undefined
  readonly looking: boolean
  /** Row to go to, with the text that it holds. */
  readonly found: { readonly row: number; readonly text: string } | undefined
  show(open: boolean): void
  write(text: string): void
  look(backwards: boolean): Promise<void>
}

/** Finds text from the row that was found last, or the first in sight, on. */
export function useFind(request: Request, firstInSight: () => number, onFailure: (error: unknown) => void): Find {
  const client = useClient()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [result, setResult] = useState<MethodOutput<'datasets.find'>>()
  const [looking, setLooking] = useState(false)
  const [found, setFound] = useState<Find['found']>()
  const asked = useRef(0)
  // Rows of another view have other places.
  const view = JSON.stringify([request.dataset, request.version, request.order])
  const [shown, setShown] = useState(view)
  if (shown !== view) {
    setShown(view)
    setResult(undefined)
    setFound(undefined)
  }
  return {
    open,
    text,
    result,
    looking,
    found: open ? found : undefined,
    show(next) {
      setOpen(next)
      if (!next) setFound(undefined)
    },
    write(next) {
      setText(next)
      setResult(undefined)
    },
    async look(backwards) {
      if (text === '') return
      const number = ++asked.current
      const last = result?.row ?? null
      const from = last === null ? firstInSight() : backwards ? last - 1 : last + 1
      setLooking(true)
      try {
        // Before the first row comes the last one: looking on goes round.
        const next = await client.call('datasets.find', { ...request, text, from: from < 0 ? Number.MAX_SAFE_INTEGER : from, backwards })
        if (number !== asked.current) return
        setResult(next)
        setFound(next.row === null ? undefined : { row: next.row, text })
      } catch (error) {
        if (toErrorData(error).code !== 'cancelled') onFailure(error)
      } finally {
        if (number === asked.current) setLooking(false)
      }
    },
  }
}
