import type { WrittenService } from '@jiankangbao/contracts/service/schemas'
import type { TFunction } from 'i18next'

/** Where a service leads, on one line. */
export const targetOf = (service: WrittenService, t: TFunction): string => {
  const { kind, screen, directoryKind, url, appId, path, telephone } = service
  const target = screen
    ? [t(`services.screens.${screen}`), directoryKind && t(`services.directoryKinds.${directoryKind}`)]
    : [url ?? appId ?? telephone, path]
  return [t(`services.kinds.${kind}`), ...target].filter(Boolean).join(' · ')
}
