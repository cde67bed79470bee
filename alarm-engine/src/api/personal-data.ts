/** A person as others call them. */
interface Contact {
  name: string;
  phone: string;
}

/** 王某: the surname stays, so that people can still be told apart on the phone. */
export function maskName(name: string): string {
  const [surname] = [...name];
  return surname === undefined ? '' : `${surname}某`;
}

/** 138****2207: three digits in front and four behind; a number too short for that is hidden whole. */
export function maskPhone(phone: string): string {
  const digits = [...phone];
  if (digits.length < 8) return '*'.repeat(digits.length);
  const hidden = '*'.repeat(digits.length - 7);
  return `${digits.slice(0, 3).join('')}${hidden}${digits.slice(-4).join('')}`;
}

/** A contact as roles without the right to personal data see it. */
export function maskContact(contact: Contact): Contact {
  return { name: maskName(contact.name), phone: maskPhone(contact.phone) };
}
