// Package afero stands in for github.com/spf13/afero, which viper needs to open its configuration file. The original
// also serves file systems over HTTP and so would link the Go network stack into a program that promises to hold
// none. This one is the part that viper calls: the operating system's files. go.mod puts it in place.
package afero

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// File is an open file.
type File interface {
	io.Closer
	io.Reader
	io.ReaderAt
	io.Seeker
	io.Writer
	io.WriterAt
	Name() string
	Readdir(count int) ([]os.FileInfo, error)
	Readdirnames(n int) ([]string, error)
	Stat() (os.FileInfo, error)
	Sync() error
	Truncate(size int64) error
	WriteString(s string) (ret int, err error)
}

// Fs is a file system.
type Fs interface {
	Create(name string) (File, error)
	Mkdir(name string, perm os.FileMode) error
	MkdirAll(path string, perm os.FileMode) error
	Open(name string) (File, error)
	OpenFile(name string, flag int, perm os.FileMode) (File, error)
	Remove(name string) error
	RemoveAll(path string) error
	Rename(oldname, newname string) error
	Stat(name string) (os.FileInfo, error)
	Name() string
	Chmod(name string, mode os.FileMode) error
	Chown(name string, uid, gid int) error
	Chtimes(name string, atime, mtime time.Time) error
}

// OsFs is the operating system's file system.
type OsFs struct{}

// NewOsFs returns the operating system's file system.
func NewOsFs() Fs { return OsFs{} }

// Name names the file system.
func (OsFs) Name() string { return "OsFs" }

// Create is os.Create.
func (OsFs) Create(name string) (File, error) { return open(os.Create(name)) }

// Open is os.Open.
func (OsFs) Open(name string) (File, error) { return open(os.Open(name)) }

// OpenFile is os.OpenFile.
func (OsFs) OpenFile(name string, flag int, perm os.FileMode) (File, error) {
	return open(os.OpenFile(name, flag, perm))
}

// open keeps a nil *os.File from becoming a File that isn't nil.
func open(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Mkdir is os.Mkdir.
func (OsFs) Mkdir(name string, perm os.FileMode) error { return os.Mkdir(name, perm) }

// MkdirAll is os.MkdirAll.
func (OsFs) MkdirAll(path string, perm os.FileMode) error { return os.MkdirAll(path, perm) }

// Remove is os.Remove.
func (OsFs) Remove(name string) error { return os.Remove(name) }

// RemoveAll is os.RemoveAll.
func (OsFs) RemoveAll(path string) error { return os.RemoveAll(path) }

// Rename is os.Rename.
func (OsFs) Rename(oldname, newname string) error { return os.Rename(oldname, newname) }

// Stat is os.Stat.
func (OsFs) Stat(name string) (os.FileInfo, error) { return os.Stat(name) }

// Chmod is os.Chmod.
func (OsFs) Chmod(name string, mode os.FileMode) error { return os.Chmod(name, mode) }

// Chown is os.Chown.
func (OsFs) Chown(name string, uid, gid int) error { return os.Chown(name, uid, gid) }

// Chtimes is os.Chtimes.
func (OsFs) Chtimes(name string, atime, mtime time.Time) error {
	return os.Chtimes(name, atime, mtime)
}

// ReadFile reads a whole file.
func ReadFile(fsys Fs, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// Exists reports whether there is a file or folder of this name.
func Exists(fsys Fs, name string) (bool, error) {
	_, err := fsys.Stat(name)
	if os.IsNotExist(err) {
		return false, nil
	}
	return err == nil, err
}

// Walk visits every file below root.
func Walk(_ Fs, root string, visit filepath.WalkFunc) error {
	return filepath.Walk(root, func(path string, info fs.FileInfo, err error) error { return visit(path, info, err) })
}
