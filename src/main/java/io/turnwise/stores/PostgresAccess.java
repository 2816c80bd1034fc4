package io.turnwise.stores;

/** What a client needs to use one Postgres database. */
public record PostgresAccess(String url, String user, String password) {

    /** The same without the password, which must reach no log. */
    @Override
    public String toString() {
        return "PostgresAccess[url=" + url + ", user=" + user + "]";
    }
}
