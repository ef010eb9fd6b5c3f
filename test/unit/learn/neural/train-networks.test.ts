import { describe, expect, it } from 'vitest'
import { cancelled, MillraceError } from '../../../../src/shared/errors.ts'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import type { Loss } from '../../../../src/main/compute/losses/loss.ts'
import { squaredError } from '../../../../src/main/compute/losses/squared-error.ts'
import { tf } from '../../../../src/main/compute/tensors.ts'
import type { IterationPoint } from '../../../../src/main/learn/fit-context.ts'
import { trainNetworks } from '../../../../src/main/learn/neural/train-networks.ts'
import type { NetworkPlan } from '../../../../src/main/learn/neural/network-plan.ts'
import { madeCheckpoints, madeContext, madePlan } from './made-plan.ts'

async function train(plan: NetworkPlan, more: Parameters<typeof madeContext>[0] = {}) {
  const points: IterationPoint[] = []
  const { ctx, said } = madeContext({ iteration: (point) => points.push(point), ...more })
  const tensors = tf.engine().state.numTensors
  try {
    return { ...(await trainNetworks(plan, ctx)), points, said }
  } finally {
    expect(tf.engine().state.numTensors).toBe(tensors)
  }
}

describe('a training that was killed', () => {
  it.each([1, 2, 5, 11, 20])('ends as an uninterrupted one, bit for bit, when killed in its %sth checkpoint', async (dies) => {
    const plan = madePlan({ seeds: 2 })
    const whole = await train(plan)
    const { checkpoints, saved } = madeCheckpoints(7, new Map(), dies)
    await expect(train(plan, { checkpoints })).rejects.toThrow('killed')
    const resumed = await train(plan, { checkpoints: madeCheckpoints(7, saved).checkpoints })
    expect(resumed.said[0]).toMatch(/^Goes on from the checkpoint of network [01]: (epoch \d+ of 12, behind \d of its steps|its end)$/)
    expect(resumed.networks).toEqual(whole.networks)
    expect(resumed.points).toEqual(whole.points)
  })

  it('may be killed again and again', async () => {
    const plan = madePlan()
    const whole = await train(plan)
    const { saved } = madeCheckpoints(3)
    for (let life = 0; ; life++) {
      const lived = await train(plan, { checkpoints: madeCheckpoints(3, saved, 2).checkpoints }).catch((error: unknown) => error as Error)
      if (lived instanceof Error) continue
      expect(life).toBeGreaterThan(5)
      expect(lived.networks).toEqual(whole.networks)
      return
    }
  })

  it('goes on with the smaller rate that it had begun again with', async () => {
    const plan = madePlan({ validation: undefined }, { learningRate: 1, epochs: 8, patience: undefined })
    const steep: NetworkPlan = { ...plan, loss: exploding(50) }
    const whole = await train(steep)
    expect(whole.said).toEqual([expect.stringMatching(/^In epoch \d+, .*Begins again with a tenth of the rate\.$/)])
    const { checkpoints, saved } = madeCheckpoints(7, new Map(), 10)
    await expect(train({ ...plan, loss: exploding(50) }, { checkpoints })).rejects.toThrow('killed')
    const resumed = await train({ ...plan, loss: squaredError }, { checkpoints: madeCheckpoints(7, saved).checkpoints })
    expect(resumed.said).toHaveLength(1)
    expect(resumed.networks).toEqual(whole.networks)
    expect(resumed.points).toEqual(whole.points)
  })

  it('begins anew where what was saved is of another training, on another backend, or no checkpoint', async () => {
    const plan = madePlan()
    const whole = await train(plan)
    const { checkpoints, saved } = madeCheckpoints(7, new Map(), 3)
    await expect(train(madePlan({}, { weightDecay: 0.5 }), { checkpoints })).rejects.toThrow('killed')
    for (const bytes of [...saved.values(), new Uint8Array(0), new Uint8Array(99).fill(7)]) {
      const again = await train(plan, { checkpoints: madeCheckpoints(1000, new Map([['network 0', bytes]])).checkpoints })
      expect(again.said).toEqual(['A checkpoint of network 0 is of another training: it begins anew'])
      expect(again.networks).toEqual(whole.networks)
    }
  })
})

/** Squared error whose `calls`-th value, counted over all trainings, is infinite. */
function exploding(calls: number): Loss {
  let call = 0
  return {
    evaluate(...given) {
      const found = squaredError.evaluate(...given)
      return ++call === calls ? { ...found, loss: tf.scalar(Infinity) } : found
    },
  }
}

describe('a training that runs away', () => {
  it('is stopped at the step whose loss is no number, is told in the log, and tried once more with a tenth of the rate', async () => {
    const { said } = await train({ ...madePlan(), loss: exploding(3 + 2 * 11 + 5) })
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/^In epoch \d, step \d+ of 10, the loss was no number any more \(Infinity\), with a learning rate of 0\.01\. Begins again/)
  })

  it('counts as such where its loss is finite but far worse than knowing nothing, and ends with what to do where that happens twice', async () => {
    const wild: Loss = {
      evaluate(output, ...rest) {
        const found = squaredError.evaluate(output, ...rest)
        return { loss: found.loss, gradient: tf.neg(found.gradient) }
      },
    }
    const ran = train({ ...madePlan({}, { learningRate: 1, epochs: 100 }), loss: wild })
    await expect(ran).rejects.toMatchObject({ data: { headline: 'The training ran away', message: expect.stringContaining('with a learning rate of 0.1') as string, nextStep: expect.stringContaining('learningRate') as string } })
  })
})

describe('memory', () => {
  it('is estimated before anything is allocated: too large a batch is refused with one that fits', async () => {
    const plan = madePlan({}, { batchSize: 160 })
    const refused = train(plan, { memoryBytes: 100_000 })
    await expect(refused).rejects.toMatchObject({ data: { code: 'out-of-memory', headline: 'This network does not fit into memory', message: expect.stringMatching(/^Its training takes about \d+ kB \(the rows .*, weights and their moments .*, a step of 160 rows .*\); 100 kB may be used\.$/) as string, nextStep: 'Set `batchSize` to 128, which fits, or allow more memory.' } })
  })

  it.each([
    ['out-of-memory', 'There was no memory left'],
    ['disconnected', 'The device that trains went away'],
  ] as const)('that runs out (%s) halves the steps once and says so', async (code, words) => {
    const { said, networks } = await train(failing(code, 1))
    expect(said).toEqual([`${words} (it failed): begins again with steps of 8 rows in place of 16`])
    expect(networks).toEqual((await train(madePlan({}, { batchSize: 8 }))).networks)
  })

  it.each(['out-of-memory', 'disconnected'] as const)('that runs out again (%s) ends with what to set', async (code) => {
    await expect(train(failing(code, 2))).rejects.toMatchObject({ data: { code, nextStep: expect.stringMatching(/batchSize|backend: wasm/) as string } })
  })
})

/** A plan whose device fails in the middle of each of its first `times` trainings. */
function failing(code: 'out-of-memory' | 'disconnected', times: number): NetworkPlan {
  let starts = 0
  return madePlan({
    async startBackend() {
      const backend = await startBackend('wasm', { threads: 1 })
      let polls = 0
      const fails = ++starts <= times
      return { ...backend, failure: () => (fails && ++polls > 60 ? new MillraceError({ code, headline: 'it failed', nextStep: 'wait' }) : undefined) }
    },
  })
}

describe('cancelling', () => {
  it('ends between two steps, and leaves nothing on the device', async () => {
    let polls = 0
    const throwIfAborted = (): void => {
      if (++polls > 30) throw cancelled()
    }
    await expect(train(madePlan(), { throwIfAborted })).rejects.toMatchObject({ data: { code: 'cancelled' } })
    expect(polls).toBe(31)
  })
})
