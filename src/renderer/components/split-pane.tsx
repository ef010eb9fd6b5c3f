import { useState, type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react'
import { PANE_ATTRIBUTE } from '../app/panes.ts'
import { useNarrow } from '../app/shell/narrow.ts'
import styles from './split-pane.module.css'

const NARROWEST = 280
const WIDEST = 640
const USUAL = { wide: 360, narrow: 312 } as const
const KEY_STEP = 16

/** Wide and narrow windows keep a width each. */
type Room = keyof typeof USUAL

function storageKey(name: string, room: Room): string {
  return `millrace-side-${name}-${room}`
}

function storedWidth(name: string, room: Room): number {
  const stored = Number(localStorage.getItem(storageKey(name, room)))
  return stored > 0 ? limited(stored) : USUAL[room]
}

function limited(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
}

/** A work pane with a side pane whose width is changed by pointer or arrows and kept under `name`. */
export function SplitPane({ name, work, side, sideLabel }: { readonly name: string; readonly work: ReactNode; readonly side: ReactNode; readonly sideLabel: string }): ReactElement {
  const room = useNarrow() ? 'narrow' : 'wide'
  const [widths, setWidths] = useState<Readonly<Record<Room, number>>>(() => ({ wide: storedWidth(name, 'wide'), narrow: storedWidth(name, 'narrow') }))
  const width = widths[room]
  const change = (next: number): void => {
    setWidths((before) => ({ ...before, [room]: limited(next) }))
    localStorage.setItem(storageKey(name, room), String(limited(next)))
  }
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const from = event.clientX
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => change(width + from - moved.clientX)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true })
  }
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    change(width + step)
  }
  return (
    <>
      {work}
      {/* A separator that can be moved is a control: the pattern asks for its place in the order of Tab. */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${sideLabel.toLowerCase()}`}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        aria-valuenow={width}
        tabIndex={0}
        className={styles['handle']}
        onPointerDown={drag}
        onKeyDown={press}
        onDoubleClick={() => change(USUAL[room])}
      />
      <aside className={styles['side']} style={{ width }} aria-label={sideLabel} {...{ [PANE_ATTRIBUTE]: 'side' }} tabIndex={-1}>
        {side}
      </aside>
    </>
  )
}
