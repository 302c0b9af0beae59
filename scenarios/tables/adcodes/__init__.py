"""Administrative codes of prefectures: whose a code is."""
