// What the pages use: the camera for codes and faces, the position at doors that ask, a screen that stays on at the
// checkpoint. Everything else is refused, also to a script that should not be there.
export const PERMISSIONS_POLICY = [
  ...['camera', 'geolocation', 'screen-wake-lock', 'fullscreen', 'clipboard-write'].map(
    (name) => `${name}=(self)`,
  ),
  ...[
    'microphone',
    'payment',
    'usb',
    'serial',
    'hid',
    'bluetooth',
    'midi',
    'display-capture',
    'accelerometer',
  ].map((name) => `${name}=()`),
  ...['gyroscope', 'magnetometer', 'browsing-topics'].map((name) => `${name}=()`),
].join(', ')
