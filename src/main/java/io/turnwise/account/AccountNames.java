package io.turnwise.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stored and sent names of this domain: logical and versioned, so that a class may be renamed and moved. */
public final class AccountNames {

    public static final Map<String, Class<?>> ALL = all();

    private AccountNames() {}

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> names = new LinkedHashMap<>();
        names.put("account.member/1", Member.class);

        names.put("account.member-registered/1", MemberEvent.MemberRegistered.class);
        names.put("account.password-changed/1", MemberEvent.PasswordChanged.class);
        names.put("account.member-administered/1", MemberEvent.MemberAdministered.class);

        names.put("account.register-member/1", MemberCommand.RegisterMember.class);
        names.put("account.read-member/1", MemberCommand.ReadMember.class);
        names.put("account.read-credentials/1", MemberCommand.ReadCredentials.class);
        names.put("account.change-password/1", MemberCommand.ChangePassword.class);
        names.put("account.administer-member/1", MemberCommand.AdministerMember.class);
        names.put("account.ensure-admin/1", MemberCommand.EnsureAdmin.class);

        names.put("account.profile/1", MemberAnswer.Profile.class);
        names.put("account.credentials/1", MemberAnswer.Credentials.class);
        return Collections.unmodifiableMap(names);
    }
}
