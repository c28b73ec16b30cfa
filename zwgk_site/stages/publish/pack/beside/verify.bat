@echo off
rem Compares every file with manifest.sha256 by certutil, which every Windows brings.
chcp 65001 >nul 2>nul
setlocal EnableExtensions DisableDelayedExpansion
pushd "%~dp0"
set /a GOOD=0
set /a BAD=0
for /f "usebackq tokens=1,*" %%a in ("manifest.sha256") do call :compare "%%a" "%%b"
echo.
echo %GOOD% OK, %BAD% bad
if not "%BAD%"=="0" goto bad
echo 全部文件完好。 All files are whole.
echo.
pause
exit /b 0

:bad
echo 有文件缺失或者变了，见上面。请重新复制一次。 Files are missing or changed, copy them again.
echo.
pause
exit /b 1

:compare
set "NAME=%~2"
set "NAME=%NAME:/=\%"
if not exist "%NAME%" goto missing
rem certutil knows no digest of an empty file.
for %%f in ("%NAME%") do if "%%~zf"=="0" goto empty
set "FOUND="
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%NAME%" SHA256 2^>nul') do if not defined FOUND set "FOUND=%%h"
if not defined FOUND goto changed
set "FOUND=%FOUND: =%"
if /i "%FOUND%"=="%~1" goto good
:changed
echo   changed  %NAME%
set /a BAD+=1
exit /b 0

:empty
if /i "%~1"=="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" goto good
goto changed

:missing
echo   missing  %NAME%
set /a BAD+=1
exit /b 0

:good
set /a GOOD+=1
exit /b 0
