package source

// File is the file that the tree was read from.
func (t *Tree) File() *File { return t.file }
