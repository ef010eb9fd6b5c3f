import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'
import { nodeSize, type GraphLayout } from './lanes.ts'

const edge = 10
/** Smaller than this, names cannot be read: a part is shown instead of the whole. */
const readable = 0.55
const partZoom = 0.85
/** Room that the button for a new step takes. */
const corner = { width: 150, height: 46 } as const

/** Where the view of the graph is, and how it is moved. */
export type GraphView = {
  /** Width that the lanes may fill, in pixels of the graph. */
  readonly room: number
  /** Shows all of the graph, however small. */
  fit(): void
  /** Brings a step into the view where it is not in it. */
  reveal(key: string): void
  /** To be called when the user moves the view: it is left alone from then on. */
  moved(): void
}

/** Keeps the graph in view: all of it where it can be read so, else its beginning; until the user moves it. */
export function useGraphView(layout: GraphLayout, place: RefObject<HTMLDivElement | null>): GraphView {
  const { setViewport, getViewport, fitBounds } = useReactFlow()
  const store = useStoreApi()
  const own = useRef(true)
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    if (place.current !== null) observer.observe(place.current)
    return () => observer.disconnect()
  }, [place])

  const { x, y, zoom } = firstView(layout, { width, height })
  const show = useEffectEvent((viewport: { readonly x: number; readonly y: number; readonly zoom: number }): void => {
    if (own.current) void setViewport(viewport)
  })
  useEffect(() => {
    if (width > 0) show({ x, y, zoom })
  }, [width, x, y, zoom])

  return {
    room: Math.max(0, width - 2 * edge) / zoom,
    fit() {
      own.current = false
      void fitBounds({ x: 0, y: 0, width: layout.width, height: layout.height }, { padding: 0.04, duration: 160 })
    },
    reveal(key) {
      const at = layout.places.get(key)
      if (at === undefined) return
      const view = getViewport()
      const pane = store.getState()
      const left = at.x * view.zoom + view.x
      const top = at.y * view.zoom + view.y
      const isSeen = left >= 0 && top >= 0 && left + nodeSize.width * view.zoom <= pane.width && top + nodeSize.height * view.zoom <= pane.height
      if (isSeen || pane.width === 0) return
      own.current = false
      void setViewport({ x: pane.width / 2 - (at.x + nodeSize.width / 2) * view.zoom, y: pane.height / 2 - (at.y + nodeSize.height / 2) * view.zoom, zoom: view.zoom }, { duration: 160 })
    },
    moved() {
      own.current = false
    },
  }
}

type Viewport = { readonly x: number; readonly y: number; readonly zoom: number }

/** All of the graph where it can be read so, else its beginning; clear of the button in the corner. */
function firstView(layout: GraphLayout, { width, height }: { readonly width: number; readonly height: number }): Viewport {
  const under = (top: number): Viewport => {
    const whole = Math.min(1, (width - 2 * edge) / layout.width, (height - top - edge) / layout.height)
    const zoom = whole < readable ? partZoom : whole
    return { x: (width - layout.width * zoom) / 2, y: top, zoom }
  }
  const view = under(edge)
  return layout.firstEnd * view.zoom + view.x > width - corner.width ? under(corner.height) : view
}
