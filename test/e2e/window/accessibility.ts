import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Both colour themes, as the system asks for them. */
export const themes = ['light', 'dark'] as const

/** Shows the page in a theme and waits until its colours have settled. */
export async function useTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished))
  })
}

/** axe finds nothing on the page, in either theme. */
export async function checkAccessibility(page: Page): Promise<void> {
  for (const theme of themes) {
    await useTheme(page, theme)
    await checkTheme(page, theme)
  }
  await useTheme(page, 'light')
}

/** axe finds nothing on the page as a theme shows it; what is just being shown may take a moment to settle. Themes differ in colours only: of the second, those are looked at. */
export async function checkTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await expect(async () => {
    expect(await violations(page, theme === themes[0] ? undefined : COLORS), `axe, ${theme}`).toEqual([])
  }).toPass({ timeout: 20_000, intervals: [300, 1000] })
}

/** axe's rules about colours. */
const COLORS = ['color-contrast', 'link-in-text-block'] as const

type Axe = { run: (options: { runOnly?: readonly string[] }) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> }

async function violations(page: Page, rules: readonly string[] | undefined): Promise<readonly string[]> {
  // As a script of the page's own origin it would be refused by the policy; evaluated by the browser it is not.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const found = (await axe.run(only === undefined ? {} : { runOnly: only })).violations
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary = '' }) => `${html.slice(0, 300)} (${failureSummary})`).join(' | ')}`)
  }, rules)
}
