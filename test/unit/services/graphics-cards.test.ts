import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { graphicsCards, nvidiaCards } from '../../../src/main/services/graphics-cards.ts'

it('reads the lines of NVIDIA’s tool', () => {
  expect(nvidiaCards('NVIDIA H100 80GB HBM3, 81559, 550.54.15\nTesla T4, [N/A], 535.1\n')).toEqual([
    { name: 'NVIDIA H100 80GB HBM3', driver: 'driver 550.54.15', memoryBytes: 81559 * 2 ** 20 },
    { name: 'Tesla T4', driver: 'driver 535.1', memoryBytes: null },
  ])
})

it('finds cards among the devices that the system lists, those without a driver too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-pci-'))
  const device = async (name: string, files: Readonly<Record<string, string>>, driver?: string): Promise<void> => {
    await mkdir(join(folder, name))
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, name, file), `${text}\n`)
    if (driver !== undefined) await symlink(join('/bus/pci/drivers', driver), join(folder, name, 'driver'))
  }
  try {
    await device('0000:00:01.0', { class: '0x010802', vendor: '0x10de', device: '0x1111' }, 'nvme')
    await device('0000:00:02.0', { class: '0x030000', vendor: '0x1002', device: '0x744c', mem_info_vram_total: '25753026560' }, 'amdgpu')
    await device('0000:00:03.0', { class: '0x030000', vendor: '0x8086', device: '0x56a0' })
    await device('0000:00:04.0', { class: '0x030000', vendor: '0x1234', device: '0x1111' })
    expect(await graphicsCards(folder)).toEqual(expect.arrayContaining([
      { name: 'AMD graphics card 0x744c', driver: 'amdgpu', memoryBytes: 25753026560 },
      { name: 'Intel graphics card 0x56a0', driver: '', memoryBytes: null },
    ]))
    expect((await graphicsCards(folder)).some(({ name }) => name.includes('0x1111'))).toBe(false)
    expect((await graphicsCards(join(folder, 'nothing'))).every(({ driver }) => driver.startsWith('driver'))).toBe(true)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
