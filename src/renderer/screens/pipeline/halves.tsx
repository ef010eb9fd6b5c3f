import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react'
import { PANE_ATTRIBUTE } from '../../app/panes.ts'
import styles from './pipeline.module.css'

const stored = 'millrace-pipeline-yaml'
const narrowest = 220
const usual = 340
const keyStep = 16

/** Two panes side by side; the right one keeps the width that it was given. */
export function Halves({ left, right }: { readonly left: ReactNode; readonly right: ReactNode }): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(() => Number(localStorage.getItem(stored)) || usual)
  const widest = (): number => Math.max(narrowest, (place.current?.clientWidth ?? 1200) - narrowest)
  const change = (next: number): void => {
    const limited = Math.round(Math.min(widest(), Math.max(narrowest, next)))
    setWidth(limited)
    localStorage.setItem(stored, String(limited))
  }
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const handle = event.currentTarget
    const from = event.clientX
    handle.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => change(width + from - moved.clientX)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true })
  }
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: keyStep, ArrowRight: -keyStep }[event.key]
    if (step === undefined) return
    event.preventDefault()
    change(width + step)
  }
  return (
    <div ref={place} className={styles['halves']}>
      {left}
      {/* A separator that can be moved is a control: the pattern asks for its place in the order of Tab. */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the YAML"
        aria-valuemin={narrowest}
        aria-valuemax={1200}
        aria-valuenow={width}
        tabIndex={0}
        className={styles['divider']}
        onPointerDown={drag}
        onKeyDown={press}
        onDoubleClick={() => change(usual)}
      />
      <div className={styles['right']} style={{ width }} {...{ [PANE_ATTRIBUTE]: 'yaml' }} tabIndex={-1}>
        {right}
      </div>
    </div>
  )
}
