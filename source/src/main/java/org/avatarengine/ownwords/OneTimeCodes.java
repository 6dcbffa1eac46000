package org.avatarengine.ownwords;

import java.util.regex.Pattern;

/** Recognizes messages with a code to sign in, in sources that do not mark them. */
final class OneTimeCodes {
    /** "123456 is your … code", "Your … code is 123 456", "G-123456 is …". */
    private static final Pattern CODE = Pattern.compile("(?iu)\\b(?:[A-Z]{1,4}-)?\\d{3}[ -]?\\d{1,5}\\b");

    private static final Pattern WORD = Pattern.compile("(?iu)(?:"
            + "verification|security|confirmation|one[- ]time|sign[- ]?in|log[- ]?in|authentication|2fa"
            + ")[ -]?(?:code|password|passcode|pin)\\b|\\botp\\b|\\bis your\\b.{0,40}\\bcode\\b"
            + "|bestätigungscode|sicherheitscode|anmeldecode|einmalcode"
            + "|code de (?:vérification|sécurité|confirmation|validation)|code à usage unique"
            + "|código de (?:verificación|seguridad|verificação|segurança|confirmación|acesso)"
            + "|codice di (?:verifica|sicurezza|conferma)|verificatiecode|beveiligingscode"
            + "|kod weryfikacyjny|код подтверждения|код безопасности|ваш код|doğrulama kodu"
            + "|验证码|驗證碼|校验码|認証コード|確認コード|인증번호|인증 번호|רمز التحقق|رمز التحقق|कोड");

    private static final int LONGEST = 400;

    private OneTimeCodes() {}

    static boolean isOne(String text) {
        return text.length() < LONGEST
                && text.chars().anyMatch(Character::isDigit)
                && CODE.matcher(text).find()
                && WORD.matcher(text).find();
    }
}
