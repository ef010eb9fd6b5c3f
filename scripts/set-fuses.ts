import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

/** What is burnt into the packaged Electron: it starts this application and is nothing else. A fuse that is new in Electron must be decided here. */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  resetAdHocDarwinSignature: true,
  // The packaged binary is no general Node that another program could borrow.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // The code that runs is the code that was packaged.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from app://; files have no privileges to give.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Kernels check their bounds by the processor's memory protection.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const

/** What electron-builder says of a package that it has just put together. */
export type Packed = {
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly packager: { readonly appInfo: { readonly productFilename: string }; readonly executableName?: string }
}

/** The executable of a package. */
export function executableOf({ appOutDir, electronPlatformName, packager }: Packed): string {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'darwin' || electronPlatformName === 'mas') return join(appOutDir, `${productFilename}.app`)
  return join(appOutDir, electronPlatformName === 'win32' ? `${productFilename}.exe` : (packager.executableName ?? productFilename))
}

/** Called by electron-builder after it has packed and before it signs. */
export async function afterPack(packed: Packed): Promise<void> {
  await flipFuses(executableOf(packed), fuses)
}
