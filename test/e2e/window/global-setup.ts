import { builtPage } from '../../../src/main/hosts/page/built-window.ts'
import { keepSample } from './sample-project.ts'

/** What the workers share is made once, before they start at the same time. */
async function prepare(): Promise<void> {
  await builtPage((text) => process.stderr.write(text))
  await keepSample()
}

// Playwright takes the default export of this file.
// oxlint-disable-next-line import/no-default-export
export default prepare
