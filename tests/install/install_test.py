"""What is installed can be used: the library by another program through pkg-config, the program with its manual page.
usage: install_test.py BUILD EXAMPLE.c LINK_EXAMPLE.c LINK_EXAMPLE.py ESTIMATE_EXAMPLE.py ESTIMATE_EXAMPLE.R"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def main():
    build, example, link_example, python_example, *estimate_examples = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="lykta-install-") as folder:
        root = pathlib.Path(folder)
        run = lambda command, **kwargs: subprocess.run(command, check=True, capture_output=True, text=True, **kwargs).stdout
        run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", str(root)])
        described = next(root.rglob("lykta.pc")).parent
        env = {**os.environ, "PKG_CONFIG_PATH": str(described), "PKG_CONFIG_SYSROOT_DIR": str(root)}
        flags = run(["pkg-config", "--cflags", "--libs", "lykta"], env=env).split()
        for source, program in ((example, "example"), (link_example, "link_example")):
            run(["cc", "-std=c17", "-Wall", "-Wextra", "-Werror", source, "-o", str(root / program), *flags])
        library = next(path for path in root.rglob("liblykta.so"))
        own = {**os.environ, "LD_LIBRARY_PATH": str(library.parent)}
        told = run([str(root / "example")], env=own)
        likeness = run([str(root / "link_example")], env=own)
        print(f"{'ok' if told.startswith('321 seen, about ') else 'not ok'} 1 - another program estimates: {told.strip()}")
        program = next(path for path in root.rglob("bin/lykta"))
        version = run([str(program), "--version"])
        print(f"{'ok' if version.startswith('lykta ') else 'not ok'} 2 - the installed program starts: {version.strip()}")
        sources = [str(path) for path in root.rglob("*") if path.suffix in (".c", ".build")]
        print(f"{'not ok' if sources else 'ok'} 3 - only headers lie beside the library")
        linked = subprocess.run([sys.executable, python_example, str(library)], capture_output=True, text=True)
        print(f"{'not ok' if linked.returncode else 'ok'} 4 - Python encodes and compares: {(linked.stdout + linked.stderr).strip()}")
        modules = [path.name for path in root.rglob("lykta-*") if path.parent.name == "lykta"]
        has_modules = {"lykta-agency.so", "lykta-area.so", "lykta-certificate.so", "lykta-city.so", "lykta-mail.so", "lykta-oidc.so", "lykta-picture", "lykta-print"} <= set(modules)
        print(f"{'ok' if has_modules else 'not ok'} 5 - what is loaded or run for letters, sign-in, pictures, areas and PDF is installed: {modules}")
        others = True
        for number, (interpreter, script) in enumerate(zip((sys.executable, shutil.which("Rscript")), estimate_examples), 6):
            language = pathlib.Path(script).suffix[1:]
            if interpreter is None:
                others = False
                print(f"not ok {number} - .{language} estimates: Rscript is missing, install r-base-core")
                continue
            answer = subprocess.run([interpreter, script, str(library)], capture_output=True, text=True)
            same = answer.returncode == 0 and answer.stdout == told
            others = others and same
            print(f"{'ok' if same else 'not ok'} {number} - .{language} estimates the same: {(answer.stdout + answer.stderr).strip()}")
        alike = re.fullmatch(r"the same person (0\.\d+|1\.00), another (0\.\d+)\n", likeness)
        links = alike is not None and float(alike[1]) > 0.8 and float(alike[2]) < 0.5
        print(f"{'ok' if links else 'not ok'} 8 - another program encodes and compares by lykta.h alone: {likeness.strip()}")
        return 0 if links and has_modules and others and linked.returncode == 0 and told.startswith("321 seen, about ") and version.startswith("lykta ") and not sources else 1


if __name__ == "__main__":
    sys.exit(main())
