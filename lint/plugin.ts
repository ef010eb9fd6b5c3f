import { docstring } from './rules/docstring.ts'
import { fileName } from './rules/file-name.ts'
import { floors } from './rules/floors.ts'
import { hiddenEffects } from './rules/hidden-effects.ts'
import { rawIpc } from './rules/raw-ipc.ts'

/** The house rules as lint rules; the linter wants a default export. */
export default {
  meta: { name: 'millrace' },
  rules: { floors, docstring, 'file-name': fileName, 'hidden-effects': hiddenEffects, 'raw-ipc': rawIpc },
}
