import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'

type Stop = {
  /** Where the link in the rail leads. */
  readonly place: string
  /** What is there once the screen is drawn. */
  drawn(page: Page): Locator
  /** What is done there. */
  act?(page: Page): Promise<void>
}

const step = (page: Page, key: string): Locator => page.locator(`[data-step="${key}"]`)

/** The screens that people look at while they wait for a model, in the order in which they are visited. */
const stops: readonly Stop[] = [
  {
    place: '/pipeline',
    drawn: (page) => step(page, 'train'),
    async act(page) {
      await step(page, 'train').click()
      await page.getByRole('tab', { name: 'Log' }).click()
      await page.locator('.cm-content').waitFor()
    },
  },
  { place: '/experiments', drawn: (page) => page.getByRole('gridcell').first() },
  {
    place: '/data',
    drawn: (page) => page.locator('.ag-row[row-index="0"]').first(),
    async act(page) {
      await page.getByRole('button', { name: /^tenure_months integer/ }).click()
      await page.getByRole('complementary', { name: 'Column' }).getByText('Median').waitFor()
    },
  },
  { place: '/features', drawn: (page) => page.getByText('tenure_months').first() },
  { place: '/activity', drawn: (page) => page.getByRole('progressbar').first() },
]

/** How long each screen is looked at, in milliseconds. */
const LOOK = 1200
/** What a slow machine may take to draw a screen. */
const patient = { timeout: 60_000 }

/** Walks through the screens, round after round, as long as `goesOn` says so, and says where it goes next; answers with the rounds that were begun. */
export async function tour(page: Page, goesOn: () => Promise<boolean>, onScreen: (place: string) => void): Promise<number> {
  for (let round = 1; ; round++) {
    for (const { place, drawn, act } of stops) {
      onScreen(place)
      await page.locator(`nav a[href*="#${place}"]`).first().click()
      await drawn(page).waitFor(patient)
      await act?.(page)
      await sleep(LOOK)
      if (!(await goesOn())) return round
    }
  }
}
