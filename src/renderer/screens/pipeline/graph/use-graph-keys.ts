import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react'
import { neighbour, type Direction } from './neighbour.ts'

const directions: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

type Keys = {
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>
  /** Brings a step into the view, so that it can have the focus. */
  reveal(key: string): void
  reach(key: string): void
  /** Takes out the chosen connection, or the step where none is chosen. */
  remove(step: string | undefined): void
  leave(): void
}

/** Arrows move from step to step, Delete takes one out, Esc chooses none; Enter and Space press the step as they do any button. */
export function useGraphKeys(place: RefObject<HTMLElement | null>, { places, reveal, reach, remove, leave }: Keys): (event: KeyboardEvent) => void {
  const [wanted, setWanted] = useState<string>()
  // A step that was outside the view is drawn before it can have the focus.
  useEffect(() => {
    if (wanted === undefined) return undefined
    const frame = requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(`[data-step=${CSS.escape(wanted)}]`)?.focus())
    return () => cancelAnimationFrame(frame)
  }, [place, wanted])
  return (event) => {
    const step = (event.target as HTMLElement).dataset['step']
    const direction = directions[event.key]
    if (step !== undefined && direction !== undefined) {
      event.preventDefault()
      const next = neighbour(step, direction, places)
      if (next === undefined) return
      reveal(next)
      reach(next)
      setWanted(next)
    } else if (event.key === 'Delete' || event.key === 'Backspace') remove(step)
    else if (event.key === 'Escape') leave()
  }
}
