import { keepSample } from './sample-project.ts'

// Playwright takes the default export of this file.
// oxlint-disable-next-line import/no-default-export
export default keepSample
