import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { linePlot } from '../../../src/main/html/charts/line-plot.ts'
import { html } from '../../../src/main/html/markup.ts'
import { renderPage } from '../../../src/main/html/page.ts'
import { tokens } from '../../../src/main/html/tokens.ts'

test('a page is whole in itself: no script, nothing loaded, names escaped', () => {
  const plot = linePlot({ label: '<x>', range: [0, 1] }, { label: 'y', range: [0, 1] }, [{ name: 'a & b', colour: 'c1', points: [[0, 0], [1, 1]] }])
  const page = renderPage({ title: 'A <b> title', subtitle: 'One sentence.', sections: [{ id: 'one', title: 'One', body: html`<p>text</p>${plot}` }], footer: 'Made by a test.' })
  expect(page).toMatch(/^<!doctype html>/)
  expect(page).toContain("default-src 'none'")
  expect(page).toContain('<title>A &lt;b&gt; title</title>')
  expect(page).not.toMatch(/<script|https?:|url\(|style="/)
})

test('the tokens are those of the window', () => {
  const css = readFileSync(new URL('../../../src/renderer/app/theme/tokens.css', import.meta.url), 'utf8')
  const [light = '', dark = ''] = css.split('html.dark')
  for (const [name, [own, ownDark]] of Object.entries(tokens)) {
    expect(light).toContain(`--mr-${name}: ${own};`)
    expect(dark).toContain(`--mr-${name}: ${ownDark};`)
  }
})
