/** Opens the dialler with the number. */
export const callPhone = (number: string): void => {
  window.location.href = `tel:${number}`
}
