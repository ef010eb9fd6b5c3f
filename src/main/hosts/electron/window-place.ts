import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { app, screen, type BrowserWindow, type Rectangle } from 'electron'
import { z } from 'zod'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { makeFolders } from '../../base/make-folders.ts'

const placeSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1), maximized: z.boolean() })

/** Where a window was on the screen. */
export type WindowPlace = z.infer<typeof placeSchema>

/** How long a window rests before its place is kept, in milliseconds. */
const restMilliseconds = 500

/** A title bar's worth of the window must be on a screen, or nobody could move it. */
const reach = 40

const placeFile = (): string => join(app.getPath('userData'), 'window.json')

/** Where the window was last; undefined where that is not known, or on no screen any more. */
export async function lastPlace(): Promise<WindowPlace | undefined> {
  const text = await readFile(placeFile(), 'utf8').catch(() => 'null')
  const place = placeSchema.safeParse(parsed(text)).data
  return place !== undefined && screen.getAllDisplays().some(({ workArea }) => isWithinReach(place, workArea)) ? place : undefined
}

/** True where enough of the window's upper edge lies on a screen to take hold of it. */
export function isWithinReach(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return across >= reach && window.y >= area.y && window.y + reach <= area.y + area.height
}

/** Keeps where the window is, whenever it rests, and when it closes before that. */
export function keepPlace(window: BrowserWindow, warn: (message: string) => void): void {
  let timer: NodeJS.Timeout | undefined
  const keep = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const place: WindowPlace = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      await makeFolders(dirname(placeFile()))
      await writeFileAtomic(placeFile(), JSON.stringify(place))
    } catch (error) {
      warn(`The place of the window could not be kept: ${String(error)}`)
    }
  }
  const rest = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), restMilliseconds)
  }
  window.on('resize', rest)
  window.on('move', rest)
  window.on('close', () => {
    if (timer !== undefined) void keep()
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
