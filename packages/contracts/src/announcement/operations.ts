import {
  announcementReaders,
  announcementWithdrawers,
  announcementWriters,
  everybody,
  operators,
} from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listAnnouncements: operation('GET', '/api/v1/announcements', everybody),
  getAnnouncement: operation('GET', '/api/v1/announcements/:announcementId', everybody),
  getAnnouncementFile: operation('GET', '/api/v1/announcement-files/:fileId', everybody),
  askPolicies: operation('GET', '/api/v1/policy-answers', everybody),
  listStaffAnnouncements: operation('GET', '/api/v1/operator/staff-announcements', operators),
  listKeptAnnouncements: operation('GET', '/api/v1/operator/announcements', announcementReaders),
  getKeptAnnouncement: operation(
    'GET',
    '/api/v1/operator/announcements/:announcementId',
    announcementReaders,
  ),
  getAnnouncementVersion: operation(
    'GET',
    '/api/v1/operator/announcements/:announcementId/versions/:version',
    announcementReaders,
  ),
  getKeptAnnouncementFile: operation(
    'GET',
    '/api/v1/operator/announcements/:announcementId/files/:number',
    announcementReaders,
  ),
  addAnnouncement: operation('POST', '/api/v1/operator/announcements', announcementWriters),
  saveAnnouncement: operation(
    'PUT',
    '/api/v1/operator/announcements/:announcementId/draft',
    announcementWriters,
  ),
  dropAnnouncementDraft: operation(
    'DELETE',
    '/api/v1/operator/announcements/:announcementId/draft',
    announcementWriters,
  ),
  previewAnnouncement: operation('POST', '/api/v1/operator/announcement-previews', announcementWriters),
  addAnnouncementFile: operation(
    'POST',
    '/api/v1/operator/announcements/:announcementId/files',
    announcementWriters,
  ),
  proposeAnnouncementRelease: operation(
    'POST',
    '/api/v1/operator/announcements/:announcementId/release-proposals',
    announcementWriters,
  ),
  estimateAnnouncementTexts: operation(
    'GET',
    '/api/v1/operator/announcement-text-estimate',
    announcementReaders,
  ),
  stopAnnouncementTexts: operation(
    'POST',
    '/api/v1/operator/announcements/:announcementId/text-stop',
    announcementWithdrawers,
  ),
  withdrawAnnouncement: operation(
    'POST',
    '/api/v1/operator/announcements/:announcementId/withdrawal',
    announcementWithdrawers,
  ),
}
