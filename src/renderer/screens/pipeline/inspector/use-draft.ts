import { useEffect, useEffectEvent, useState } from 'react'

const pauseMilliseconds = 300

type Draft<T> = { readonly base: T; readonly draft: T; readonly open: boolean }

/**
 * A value that is being typed: it is handed on after a short pause and when the form goes, so that not every key is a change of
 * its own. A new value from outside replaces it, unless something is being typed.
 */
export function useDraft<T>(value: T, commit: (value: T, before: T) => void): readonly [T, (value: T) => void] {
  const [{ base, draft, open }, setState] = useState<Draft<T>>({ base: value, draft: value, open: false })
  if (base !== value) setState({ base: value, draft: open ? draft : value, open })
  const handOn = useEffectEvent((typed: T): void => commit(typed, value))
  const handOnOpen = useEffectEvent((): void => {
    if (open) commit(draft, value)
  })
  useEffect(() => {
    if (!open) return undefined
    const timer = setTimeout(() => {
      handOn(draft)
      setState((state) => ({ ...state, open: false }))
    }, pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [draft, open])
  useEffect(() => () => handOnOpen(), [])
  return [draft, (next) => setState((state) => ({ ...state, draft: next, open: true }))]
}
