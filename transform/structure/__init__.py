"""What a page is made of: sections, lists in every form, goals, action fields, links and documents."""
