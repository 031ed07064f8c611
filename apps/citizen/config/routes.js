// Short addresses of the web app. `/v/<code>`, `/p/<token>` and `/k/<token>` are rewritten to these at start.
module.exports = {
  '/pages/home/index': '/',
  '/pages/sign-in/index': '/sign-in',
  '/pages/register/index': '/register',
  '/pages/scan/index': '/scan',
  '/pages/door/index': '/door',
  '/pages/code-info/index': '/code-info',
  '/pages/family/index': '/family',
  '/pages/member-add/index': '/member-add',
  '/pages/paper-code/index': '/paper-code',
  '/pages/visits/index': '/visits',
  '/pages/lookups/index': '/lookups',
  '/pages/code-history/index': '/code-history',
  '/pages/devices/index': '/devices',
  '/pages/notices/index': '/notices',
  '/pages/settings/index': '/settings',
  '/pages/help/index': '/help',
}
