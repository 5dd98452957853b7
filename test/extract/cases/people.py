"""Made-up people for the cases; their identifiers carry the right check digits and nobody has them."""


def hkid(letter, digits):
    total = 36 * 9 + (ord(letter) - 55) * 8 + sum(int(d) * w for d, w in zip(digits, range(7, 1, -1)))
    check = (11 - total % 11) % 11
    return f'{letter}{digits}({"A" if check == 10 else check})'


def taiwan(letter, digits):
    code = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.index(letter) + 10
    total = code // 10 + code % 10 * 9 + sum(int(d) * w for d, w in zip(digits, range(8, 0, -1)))
    return f'{letter}{digits}{-total % 10}'


def china(seventeen):
    total = sum(int(d) * 2 ** (17 - at) % 11 for at, d in enumerate(seventeen))
    return seventeen + '10X98765432'[total % 11]


def mynumber(eleven):
    total = sum(int(d) * (at + 1 if at < 6 else at - 5) for at, d in zip(range(1, 12), reversed(eleven)))
    rest = total % 11
    return eleven + str(0 if rest <= 1 else 11 - rest)


def nric(letter, digits):
    total = sum(int(d) * w for d, w in zip(digits, (2, 7, 6, 5, 4, 3, 2))) + (4 if letter == 'T' else 0)
    return f'{letter}{digits}{"JZIHGFEDCBA"[total % 11]}'


PEOPLE = [
    ('林怡君', taiwan('F', '23148207'), '0912774186', 'Taipei'),
    ('Ann Example', hkid('K', '580316'), '91230001', 'Hong Kong'),
    ('山田太郎', mynumber('57203816490'), '0312345678', 'Tokyo'),
    ('Bob Sample', nric('S', '8041973'), '91230002', 'Singapore'),
    ('张伟', china('44030519870226413'), '13800138000', 'Shenzhen'),
]
