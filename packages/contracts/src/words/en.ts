import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'

// The names that both clients show, in English.

export const venueKinds = {
  entry_channel: 'Entry to the city',
  railway_station: 'Railway station',
  coach_station: 'Coach station',
  airport: 'Airport',
  motorway_check: 'Motorway check',
  port: 'Port',
  government: 'Government',
  enterprise: 'Company',
  medical: 'Medical institution',
  hospital: 'Hospital',
  clinic: 'Clinic',
  pharmacy: 'Pharmacy',
  school: 'School',
  kindergarten: 'Kindergarten',
  primary_school: 'Primary school',
  middle_school: 'Middle school',
  vocational_school: 'Vocational school',
  university: 'University',
  training_centre: 'Training centre',
  community: 'Community',
  estate: 'Housing estate',
  village: 'Village',
  transport: 'Public transport',
  bus: 'Bus',
  metro: 'Metro',
  taxi: 'Taxi',
  lodging: 'Hotel',
  catering: 'Restaurant',
  retail: 'Shop',
  mall: 'Mall',
  supermarket: 'Supermarket',
  market: 'Market',
  culture_leisure: 'Culture and leisure',
  worship: 'Place of worship',
  construction_site: 'Construction site',
  other: 'Other venue',
} satisfies Record<VenueKind, string>

/** As offices call them. */
export const documentTypes = {
  resident_id: 'Resident ID card',
  passport: 'Passport',
  hk_macao_permit: 'Hong Kong / Macao permit',
  taiwan_permit: 'Taiwan permit',
  foreign_permanent_resident: 'Foreign permanent resident card',
  birth_certificate: 'Birth certificate',
} satisfies Record<DocumentType, string>

/** As people call their own. */
export const ownDocumentTypes = {
  resident_id: 'Resident ID card',
  passport: 'Passport',
  hk_macao_permit: 'Hong Kong/Macao home return permit',
  taiwan_permit: 'Taiwan compatriot permit',
  foreign_permanent_resident: 'Foreign permanent resident card',
  birth_certificate: 'Birth certificate (under three)',
} satisfies Record<DocumentType, string>

/** What a number looks like. */
export const documentForms = {
  resident_id: '18 characters, the last may be X',
  passport: '5 to 9 letters and digits',
  hk_macao_permit: 'H or M and 8 digits',
  taiwan_permit: '8 digits',
  foreign_permanent_resident: '15 characters, or 18 digits beginning with 9',
  birth_certificate: 'One letter and 9 digits',
} satisfies Record<DocumentType, string>
