import { expect, it } from 'vitest'
import { createRng } from '../../../../../src/main/base/rng.ts'
import { convnet } from '../../../../../src/main/learn/estimators/convnet/convnet.ts'
import { formOf } from '../../../../../src/main/learn/estimators/convnet/form.ts'
import { convnetParams } from '../../../../../src/main/learn/estimators/convnet/params.ts'
import { classTarget, fitContext, matrixOf } from '../made-data.ts'

/** Images of 6 × 6 with a line somewhere, lying or standing, in noise. */
function lines(rows: number, seed: number): { readonly matrix: ReturnType<typeof matrixOf>; readonly codes: number[] } {
  const rng = createRng(seed)
  const codes = Array.from({ length: rows }, () => rng.below(2))
  const images = codes.map((standing) => {
    const image = Array.from({ length: 36 }, () => 0.3 * rng.normal())
    const [across, start] = [rng.below(6), rng.below(3)]
    for (let k = start; k < start + 4; k++) image[standing === 1 ? k * 6 + across : across * 6 + k] = 1 + 0.2 * rng.normal()
    return image
  })
  return { matrix: matrixOf(Array.from({ length: 36 }, (_, j) => images.map((image) => image[j] ?? 0))), codes }
}

it('finds a pattern wherever it lies, on images that it never saw', async () => {
  const [known, unseen] = [lines(600, 1), lines(300, 2)]
  const params = convnet.params.parse({ filters: [8, 16], hidden: 16, epochs: 25 })
  const state = await convnet.fit(known.matrix, classTarget(known.codes, ['lying', 'standing']), params, fitContext())
  const prediction = await convnet.predict(state, unseen.matrix)
  if (prediction.kind !== 'classes') throw new Error('Classes were asked for')
  const right = unseen.codes.filter((code, i) => Number((prediction.probabilities[2 * i + 1] ?? 0) > 0.5) === code).length
  expect(right / 300).toBeGreaterThan(0.97)
  expect(convnet.describe(state, known.matrix.columns).summary).toContain('convolutions of 8, 16 filters over images of 6 × 6 × 1')
})

it('takes a square where the columns make one, else a row, and says where the columns make no image of the size that was named', () => {
  const form = (columns: number, given: unknown): unknown => formOf(columns, convnetParams.parse(given))
  expect(form(64, {})).toMatchObject({ height: 8, width: 8, channels: 1 })
  expect(form(75, { channels: 3 })).toMatchObject({ height: 5, width: 5, channels: 3 })
  expect(form(63, {})).toMatchObject({ height: 1, width: 63 })
  expect(form(24, { height: 4 })).toMatchObject({ height: 4, width: 6 })
  expect(() => form(61, { height: 8, width: 8 })).toThrow('The recipe gives 61 columns')
  expect(() => form(64, { channels: 3 })).toThrow('The recipe gives 64 columns')
})
