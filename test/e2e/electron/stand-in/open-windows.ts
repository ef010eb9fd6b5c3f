import type { Page } from '@playwright/test'

/** What the parts of the stand-in need of a window. */
export type OpenWindow = {
  readonly page: Page | undefined
  readonly webContents: unknown
  close(): void
}

/** The windows that are open, by their number. */
export const openWindows = new Map<number, OpenWindow>()
