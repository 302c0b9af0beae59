"""Every word of the page of `allocator app` that no other output has, by code, in Chinese and English."""
